/** Loader data arrive as they are, promises too, not as JSON. https://remix.run/docs/en/main/guides/single-fetch#enable-single-fetch-types */
declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
}

export {};
