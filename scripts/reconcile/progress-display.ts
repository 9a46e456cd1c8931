export interface ProgressDisplay {
  show(text: string): void;
  /** Ends the progress line so that other output can follow. */
  end(): void;
}

export interface Terminal {
  isTTY: boolean;
  columns: number;
  write(text: string): unknown;
}

/** Rewrites one line on a terminal; otherwise, as in a log, prints a line per change. */
export function createProgressDisplay(output: Terminal): ProgressDisplay {
  let shown = "";
  return {
    show(text) {
      if (text === shown) return;
      shown = text;
      if (output.isTTY) output.write(`\r\x1b[2K${text.slice(0, output.columns - 1)}`);
      else output.write(`${text}\n`);
    },
    end() {
      if (shown && output.isTTY) output.write("\n");
    },
  };
}
