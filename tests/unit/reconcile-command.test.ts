import { expect, test } from "vitest";
import { readOptions } from "../../scripts/reconcile/options.ts";
import {
  type PaymentRunRecord,
  paymentExitCode,
  paymentReport,
} from "../../scripts/reconcile/payments.ts";
import { createProgressDisplay } from "../../scripts/reconcile/progress-display.ts";
import {
  exitCodeOf,
  pendingPushesText,
  progressText,
  reportText,
} from "../../scripts/reconcile/report.ts";
import type { RunRecord } from "../../scripts/reconcile/runs-in-d1.ts";

const started: RunRecord = {
  id: "run",
  mode: "repair",
  allowMassDeletion: false,
  adoptInstance: false,
  phase: "clerk-users",
  total: null,
  pages: 0,
  usersChecked: 0,
  rowsChecked: 0,
  missing: 0,
  outdated: 0,
  ahead: 0,
  metadataWrong: 0,
  gone: 0,
  tombstoned: 0,
  startedAt: 1_000,
  updatedAt: 1_000,
  finishedAt: null,
  error: null,
};
const finished: RunRecord = {
  ...started,
  phase: "rows",
  total: 5,
  usersChecked: 5,
  finishedAt: 3_500,
};

test("shows progress through Clerk's users, then through the rows", () => {
  expect(progressText(started)).toBe("Clerk users   [------------------------]   0% 0 of ?");
  expect(progressText({ ...started, total: 10_000, usersChecked: 2_500 })).toBe(
    "Clerk users   [######------------------]  25% 2,500 of 10,000",
  );
  expect(progressText({ ...started, phase: "rows", usersChecked: 1_000, rowsChecked: 999 })).toBe(
    "Rows          [########################]  99% 999",
  );
});

test("caps progress at 100 % when there are more users or rows than expected", () => {
  expect(progressText({ ...started, total: 10, usersChecked: 12 })).toContain("] 100% 12 of 10");
  expect(progressText({ ...started, total: 0 })).toContain("] 100% 0 of 0");
  expect(progressText({ ...finished, rowsChecked: 7 })).toContain("] 100% 7");
});

test("the report of a repair lists what was found and repaired", () => {
  const text = reportText({ ...finished, rowsChecked: 6, missing: 1_234, gone: 1 });
  expect(text).toContain("Compared 5 Clerk users and 6 rows in 2.5 s.");
  expect(text).toMatch(/missing in D1 +1,234 {2}users in Clerk without a row: rows added/);
  expect(text).toMatch(/outdated +0 {2}rows behind Clerk$/m);
  expect(text).toMatch(/missing in Clerk +1 .*: soft-deleted/);
  expect(text).toContain("All differences were repaired.");
});

test("the report of a dry run states that nothing was changed", () => {
  const text = reportText({ ...finished, mode: "dry-run", missing: 1, metadataWrong: 2 });
  expect(text).toMatch(/missing in D1 +1 {2}users in Clerk without a row$/m);
  expect(text).toContain("Dry run: nothing was changed.");
});

test("the report of a failed run states the reason and no success", () => {
  const text = reportText({ ...finished, error: "Too many users are missing in Clerk" });
  expect(text).toContain("The run failed: Too many users are missing in Clerk");
  expect(text).not.toMatch(/in sync|were repaired/);
});

test.each<[number, string, Partial<RunRecord>]>([
  [0, "all equal", {}],
  [0, "repaired", { missing: 3 }],
  [1, "gave up", { error: "why" }],
  [2, "dry run, something missing", { mode: "dry-run", missing: 1 }],
  [2, "dry run, a row ahead of Clerk", { mode: "dry-run", ahead: 1 }],
  [2, "dry run, user missing in Clerk", { mode: "dry-run", gone: 1 }],
  [1, "dry run that gave up", { mode: "dry-run", gone: 1, error: "why" }],
  [0, "dry run, nothing to repair", { mode: "dry-run", tombstoned: 1 }],
])("exit code %i: %s", (code, _, change) => {
  expect(exitCodeOf({ ...finished, ...change })).toBe(code);
});

test("redraws one truncated line in a terminal, writes one line per change to a log", () => {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  const terminal = createProgressDisplay({ isTTY: true, columns: 5, write });
  for (const text of ["one", "one", "longer"]) terminal.show(text);
  terminal.end();
  expect(written.splice(0)).toEqual(["\r\x1b[2Kone", "\r\x1b[2Klong", "\n"]);
  const log = createProgressDisplay({ isTTY: false, columns: 0, write });
  for (const text of ["one", "one", "longer"]) log.show(text);
  log.end();
  expect(written).toEqual(["one\n", "longer\n"]);
});

test("options have defaults; unknown options and invalid ports are rejected", () => {
  expect(readOptions([])).toEqual({
    mode: "repair",
    payments: false,
    allowMassDeletion: false,
    adoptInstance: false,
    remote: false,
    port: 8787,
    state: ".wrangler/state",
  });
  expect(readOptions(["--dry-run", "--port", "1"])).toMatchObject({ mode: "dry-run", port: 1 });
  expect(() => readOptions(["--port", "none"])).toThrow('"none" is not a port.');
  expect(() => readOptions(["--dryrun"])).toThrow("--dryrun");
});

const paymentRun: PaymentRunRecord = {
  id: "run",
  mode: "repair",
  phase: "payments",
  pages: 5,
  checked: 12,
  paid_there: 0,
  paid_here: 0,
  refunded_there: 0,
  disputed_there: 0,
  undelivered: 0,
  drift: [],
  finished_at: 1,
  error: null,
};

test("reports the drift of payments", () => {
  expect(paymentReport(paymentRun)).toContain("Stripe and D1 are in sync.");
  expect(paymentExitCode(paymentRun)).toBe(0);
  const drift = [{ kind: "refunded-there" as const, purchaseId: "p1", stripeId: "re_1" }];
  const drifted = { ...paymentRun, refunded_there: 1, drift };
  expect(paymentReport(drifted)).toContain("        1  refunded at Stripe, not here");
  expect(paymentReport(drifted)).toContain("refunded-there: re_1, purchase p1");
  expect(paymentExitCode(drifted)).toBe(0);
  expect(paymentExitCode({ ...drifted, mode: "dry-run" })).toBe(2);
  expect(paymentExitCode({ ...drifted, paid_here: 1 })).toBe(2);
  const orphan = { kind: "paid-there" as const, purchaseId: null, stripeId: "cs_1" };
  expect(paymentExitCode({ ...paymentRun, paid_there: 1, drift: [orphan] })).toBe(2);
  const incomplete = { ...paymentRun, error: "disputes: StripeUnavailableError" };
  expect(paymentReport(incomplete)).toContain("Not everything was compared:\ndisputes:");
  expect(paymentExitCode(incomplete)).toBe(1);
});

test("says how many users are still to be pushed to Clerk", () => {
  expect(pendingPushesText(1)).toContain("1 user is still to be pushed");
  expect(pendingPushesText(6_550)).toContain("6,550 users are still to be pushed");
});
