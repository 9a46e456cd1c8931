import { characterEntities } from "character-entities";

/**
 * What stands for `entities` in the worker (`[alias]` in wrangler.toml): of the two tables and the decoders of the package,
 * markdown-it needs the names of characters alone.
 */
export const decodeHTML = (text: string): string =>
  text.replace(/&([a-z][a-z0-9]*);/gi, (reference, name) =>
    Object.hasOwn(characterEntities, name) ? (characterEntities[name] ?? reference) : reference,
  );

export const decodeHTMLStrict = decodeHTML;
