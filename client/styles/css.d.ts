/** Style sheets are imported for their effect on the page; vite bundles them. */
declare module "*.css";
