/**
 * Rules that the linter has no words for, and that the bit-identity of a match rests on (`shared/` runs in Node and in
 * every browser and must give the same match in all of them):
 * `**` is `Math.pow`, whose last bits differ between engines and versions; `for … in` walks keys in an order that depends
 * on how the object came to be; `Math` under another name would walk past the list of its allowed members.
 */
const noPowerOperator = {
  create(context) {
    const report = (node) =>
      node.operator.startsWith("**") &&
      context.report({ node, message: "`**` differs between engines: use `pow` of shared/core, or multiply." });
    return { BinaryExpression: report, AssignmentExpression: report };
  },
};

const noForIn = {
  create(context) {
    return {
      ForInStatement: (node) =>
        context.report({ node, message: "`for … in` depends on key order: walk an array, or sorted keys." }),
    };
  },
};

const noMathAlias = {
  create(context) {
    return {
      Identifier(node) {
        if (node.name !== "Math") return;
        const { parent } = node;
        if (parent.type === "MemberExpression" && parent.object === node && !parent.computed) return;
        context.report({ node, message: "Write `Math.floor` and the like in full, so that every use can be judged." });
      },
    };
  },
};

export default {
  meta: { name: "determinism" },
  rules: {
    "no-power-operator": noPowerOperator,
    "no-for-in": noForIn,
    "no-math-alias": noMathAlias,
  },
};
