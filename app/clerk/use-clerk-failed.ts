import { useClerk } from "@clerk/clerk-react";
import { useEffect, useState } from "react";

/** True once ClerkJS has given up loading, after its own retries. */
export function useClerkFailed(): boolean {
  const clerk = useClerk();
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    const check = (status: typeof clerk.status) => setHasFailed(status === "error");
    clerk.on("status", check, { notify: true });
    return () => clerk.off("status", check);
  }, [clerk]);
  return hasFailed;
}
