import { Agent, setGlobalDispatcher } from "undici";

/**
 * Gives each `fetch` a connection of its own. workerd closes connections that have been idle for
 * 5 s; on a busy machine, a request could be sent on one just then, and would fail.
 */
setGlobalDispatcher(new Agent({ pipelining: 0 }));
