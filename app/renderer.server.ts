type Renderer = typeof import("react-dom/server");

/** A page is made of the same few hundred short texts again and again: names of elements and attributes, classes, addresses. */
const keptTexts = 4_000;
/** React copies what is under 512 bytes; anything longer it hands on as it is. A character takes up to three. */
const longestKeptText = 100;

/**
 * Encodes a short text once. React hands each attribute and each text of a page to its encoder; those calls into the runtime
 * were about a fifth of what a page costs. What React gets back, it only copies.
 */
class KeepingTextEncoder extends TextEncoder {
  readonly #kept = new Map<string, Uint8Array<ArrayBuffer>>();

  override encode(text = "") {
    if (text.length > longestKeptText) return super.encode(text);
    const kept = this.#kept.get(text);
    if (kept) return kept;
    if (this.#kept.size >= keptTexts) this.#kept.clear();
    const bytes = super.encode(text);
    this.#kept.set(text, bytes);
    return bytes;
  }
}

const NativeTextEncoder = TextEncoder;
let renderer: Renderer | undefined;

/** React's renderer of documents, loaded when the first page is rendered. */
export async function loadRenderer(): Promise<Renderer> {
  renderer ??= await loadWithKeepingEncoder();
  return renderer;
}

/** React makes its encoder while it loads, from the global class. */
async function loadWithKeepingEncoder(): Promise<Renderer> {
  Reflect.set(globalThis, "TextEncoder", KeepingTextEncoder);
  try {
    return await import("react-dom/server");
  } finally {
    Reflect.set(globalThis, "TextEncoder", NativeTextEncoder);
  }
}
