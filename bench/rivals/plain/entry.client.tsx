import { hydrate } from "../shared/entry.client";

hydrate();
