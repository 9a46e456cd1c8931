/** The triggers of `wrangler.toml`: what goes on every few minutes, and the daily full comparison. */
export const crons = { frequent: "*/2 * * * *", daily: "17 3 * * *" };
