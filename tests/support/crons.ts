/** The cron triggers in `wrangler.toml`: frequent maintenance and the daily reconciliation. */
export const crons = { frequent: "*/2 * * * *", daily: "17 3 * * *" };
