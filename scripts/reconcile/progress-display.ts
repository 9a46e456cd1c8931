/** Shows how far something has come. */
export interface ProgressDisplay {
  show(text: string): void;
  /** Leaves what was shown last on its line, so that other text can follow. */
  end(): void;
}

/** The part of standard output that is written to. */
export interface Terminal {
  isTTY: boolean;
  columns: number;
  write(text: string): unknown;
}

/** On a terminal one line that is drawn again; elsewhere, such as in a log, a line whenever something is new. */
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
