import { characterEntities } from "character-entities";

/** Replaces `entities` in the worker (`[alias]` in wrangler.toml): markdown-it needs only names. */
export const decodeHTML = (text: string): string =>
  text.replace(/&([a-z][a-z0-9]*);/gi, (reference, name) =>
    Object.hasOwn(characterEntities, name) ? (characterEntities[name] ?? reference) : reference,
  );

export const decodeHTMLStrict = decodeHTML;
