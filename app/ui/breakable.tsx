import { Fragment } from "react";

/** A long text without spaces, such as an email address: may break after punctuation. */
export function Breakable({ text }: { text: string }) {
  return text.split(/(?<=[@._/-])(?=.)/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
