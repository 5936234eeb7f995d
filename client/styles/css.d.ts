/** Style sheets are imported for their effect on the page; vite bundles them. */
declare module "*.css";

/** The text of a style sheet, for a drawing that leaves the page and takes its styles along. */
declare module "*.css?inline" {
  const text: string;
  export default text;
}
