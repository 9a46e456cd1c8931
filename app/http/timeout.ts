/** The work may still complete. */
export class TimeoutError extends Error {
  override name = "TimeoutError";
}

/** Does not cancel the work. @throws {TimeoutError} */
export async function withTimeout<Result>(
  work: PromiseLike<Result>,
  milliseconds: number,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new TimeoutError(`No response within ${milliseconds} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
