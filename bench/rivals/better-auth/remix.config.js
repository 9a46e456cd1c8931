import { rivalConfig } from "../remix-config.js";

export default rivalConfig("better-auth");
