// Plain JavaScript, so that any version of Node can say what is missing.
import { existsSync } from "node:fs";

const problem = findProblem();
if (problem) {
  console.error(`\n${problem}\n`);
  process.exit(1);
}

/** @returns {string | undefined} */
function findProblem() {
  if (!existsSync("node_modules/.bin/wrangler")) {
    return "The packages are not installed: run `npm ci`, then try again.";
  }
  if (!process.features.typescript) {
    return `Node ${process.versions.node} cannot run TypeScript. Use \`npm start\` or \`npm run dev\`, which run the project's own Node.`;
  }
}
