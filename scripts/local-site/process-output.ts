import type { ChildProcess } from "node:child_process";

export interface ProcessOutput {
  text(): string;
  /** Waits for the log message of a failed request, which may arrive after the response. */
  failure(): Promise<string>;
}

const maxLength = 8_000;
const timeoutMs = 5_000;
const failureLine = /^.*"event":"request\.failed".*"message":"((?:[^"\\]|\\.)*)".*$/m;

export function captureOutput(child: ChildProcess): ProcessOutput {
  let text = "";
  const append = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-maxLength);
  };
  child.stdout?.on("data", append);
  child.stderr?.on("data", append);
  return {
    text: () => text.trim(),
    failure: () =>
      new Promise((resolve) => {
        const check = () => {
          const message = failureLine.exec(text)?.[1];
          if (message !== undefined) resolve(message.replaceAll('\\"', '"'));
        };
        setTimeout(() => resolve(text.trim()), timeoutMs).unref();
        child.stdout?.on("data", check);
        check();
      }),
  };
}
