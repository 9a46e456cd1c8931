/** In the address of a page: whoever asks has no scripts, and wants it whole, however long that takes. */
export const wholeParameter = "whole";
