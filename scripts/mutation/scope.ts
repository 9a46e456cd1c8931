/** Rules and server code; no components, browser code or table definitions. */
const scope = /^app\/(access|clerk|stripe|worker|http|db|cache|features)\/.*(?<!\.d)\.ts$/;
const outOfScope = /\/components\/|\/use-|^app\/db\/schema|^app\/clerk\/appearance/;

export const isInScope = (file: string) => scope.test(file) && !outOfScope.test(file);

/** The groups of files whose faults do the most harm, and the score that each must reach. */
export const groups = [
  { name: "access", files: /^app\/access\//, target: 95 },
  { name: "clerk", files: /^app\/clerk\//, target: 95 },
  { name: "stripe", files: /^app\/stripe\//, target: 95 },
  { name: "sync", files: /^app\/features\/(users|reconcile)\//, target: 95 },
  {
    name: "deletion",
    files: /\/(redact-users|missing-users|end-session|state-batch)\./,
    target: 95,
  },
  { name: "payments", files: /^app\/features\/purchases\//, target: 95 },
  { name: "all", files: /^app\//, target: 85 },
];

/** `app/access` or `app/features/users`. */
export const folderOf = (file: string) =>
  file
    .split("/")
    .slice(0, file.startsWith("app/features/") ? 3 : 2)
    .join("/");
