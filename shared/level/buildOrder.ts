import { componentOf, type ComponentConfig } from "../components/registry.ts";

/** Names of the components in an order in which each comes after all that it refers to, and what watches others last. */
export function buildOrder(components: Readonly<Record<string, ComponentConfig>>): string[] {
  const order: string[] = [];
  const visit = (name: string, above: readonly string[]): void => {
    const config = components[name];
    if (config === undefined || order.includes(name) || above.includes(name)) return;
    for (const callee of calleesOf(config)) visit(callee, [...above, name]);
    order.push(name);
  };
  const watches = (name: string): boolean => componentOf(components[name]!.kind).stands === "watching";
  const names = Object.keys(components);
  for (const name of names) if (!watches(name)) visit(name, []);
  for (const name of names) if (watches(name)) visit(name, []);
  return order;
}

/** A circle of components that refer to one another, by name; empty when there is none. */
export function circleAmong(components: Readonly<Record<string, ComponentConfig>>): string[] {
  const done = new Set<string>();
  const search = (name: string, above: readonly string[]): string[] => {
    const begins = above.indexOf(name);
    if (begins >= 0) return [...above.slice(begins), name];
    const config = components[name];
    if (config === undefined || done.has(name)) return [];
    for (const callee of calleesOf(config)) {
      const circle = search(callee, [...above, name]);
      if (circle.length > 0) return circle;
    }
    done.add(name);
    return [];
  };
  for (const name of Object.keys(components)) {
    const circle = search(name, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

function calleesOf(config: ComponentConfig): string[] {
  const references = componentOf(config.kind).references(config);
  return references.flatMap(({ what, name }) => (what === "component" ? [name] : []));
}
