/** In the page: true once React has hydrated the element, to which it then adds properties. */
export const isHydrated = (selector: string): boolean =>
  Object.keys(document.querySelector(selector) ?? {}).some((key) => key.startsWith("__reactFiber"));
