/** Types loader data as single fetch sends it: dates and the like, not only JSON. https://remix.run/docs/en/main/guides/single-fetch#enable-single-fetch-types */
declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
}

export {};
