import { Agent, setGlobalDispatcher } from "undici";

/**
 * workerd closes connections that have been idle for 5 s, and `fetch` reuses them for almost as
 * long. On a busy machine, a request could be sent just as its connection is closed, and would
 * fail.
 */
setGlobalDispatcher(new Agent({ keepAliveTimeout: 500 }));
