import { useClerk } from "@clerk/clerk-react";
import { useEffect, useState } from "react";
import { Notice } from "~/ui/notice";

const stepPath = "/sign-in/factor-two";

/**
 * ClerkJS 5 does not react if Clerk's Device Trust wants to verify a new browser, although its step
 * for second factors can do that.
 */
export function NewDeviceStep() {
  const step = useDeviceTrustStep();
  useEffect(() => {
    if (step === "possible" && location.pathname !== stepPath) {
      location.assign(stepPath + location.search);
    }
  }, [step]);
  if (step !== "impossible") return null;
  return (
    <Notice tone="danger">
      <p className="font-medium">Your password is correct, but this browser is new to us.</p>
      <p className="mt-1">
        This page cannot verify it.{" "}
        <a href="/sign-in" className="font-medium text-accent underline underline-offset-4">
          Start again
        </a>{" "}
        and choose “Use another method” to sign in with a code sent to your email.
      </p>
    </Notice>
  );
}

type Step = "none" | "possible" | "impossible";

/** Ignores an attempt that was pending when the page opened, so that another sign-in can start. */
function useDeviceTrustStep(): Step {
  const clerk = useClerk();
  const [step, setStep] = useState<Step>("none");
  useEffect(() => {
    let seen: string | undefined;
    return clerk.addListener(({ client: { signIn } }) => {
      const { id, supportedSecondFactors } = signIn;
      const status: string | null = signIn.status;
      const state = `${id} ${status}`;
      if (seen !== undefined && state !== seen) {
        const canVerify = supportedSecondFactors?.some(isCode) ?? false;
        setStep(status !== "needs_client_trust" ? "none" : canVerify ? "possible" : "impossible");
      }
      seen = state;
    });
  }, [clerk]);
  return step;
}

const isCode = ({ strategy }: { strategy: string }) => /^(?:email|phone)_code$/.test(strategy);
