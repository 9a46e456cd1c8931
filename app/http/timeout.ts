/** An answer that did not come in time; whether the work was done is not known. */
export class TimeoutError extends Error {
  override name = "TimeoutError";
}

/**
 * The result of some work, if it comes within `milliseconds`; the work itself is not stopped.
 * @throws {TimeoutError} when it does not.
 */
export async function withTimeout<Result>(
  work: PromiseLike<Result>,
  milliseconds: number,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new TimeoutError(`No answer in ${milliseconds} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
