import "./checks/installation.js";

await import("./local-site/start.ts");
