/** The least a worker can do. */
export default {
  fetch: () => new Response("Hello"),
};
