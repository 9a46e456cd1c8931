export type LogFields = Record<string, string | number | boolean | null | undefined>;
export type Log = (event: string, fields?: LogFields) => void;

/**
 * One structured line an event, tagged with the request it belongs to. Fields carry ids, outcomes and durations:
 * never an e-mail address, a name or a token.
 */
export function createLog(requestId: string): Log {
  return (event, fields = {}) => {
    console.log(JSON.stringify({ event, requestId, ...fields }));
  };
}

/** What may be logged of anything thrown: its class and message, the message cut where values could follow. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const cause =
    error.cause instanceof Error ? `${error.cause.name}: ${error.cause.message}` : undefined;
  return { error: error.name, message: error.message.split("\nparams:")[0], cause };
}
