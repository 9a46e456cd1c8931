import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { ProgressBar } from "~/features/courses/components/progress-bar";
import { coursePath, lessonPath } from "~/features/courses/course-urls";
import type { Price } from "~/features/courses/money";
import { useAccountLinks } from "~/layout/use-account-links";
import { ButtonLink } from "~/ui/button-link";
import type { CourseOffer } from "../course-offer";
import { outlineProgress, type ViewerOutline } from "../outline-for-viewer";
import { OrderForm, StartForm } from "./enroll-or-order-form";

interface CourseCallToActionProps {
  course: Price & { slug: string; title: string };
  outline: ViewerOutline;
  offer: CourseOffer;
}

/** What somebody can do with a course, by how they stand to it. */
export function CourseCallToAction({ course, outline, offer }: CourseCallToActionProps) {
  switch (offer.kind) {
    case "signed-out":
      return <SignUpPrompt slug={course.slug} />;
    case "enrolled":
      return <ContinueCourse course={course} outline={outline} />;
    case "ordered":
      return (
        <Prompt note="You ordered this course. It opens when your payment has arrived.">
          <ButtonLink to={`/purchases/${offer.purchaseId}`}>See your order</ButtonLink>
        </Prompt>
      );
    case "can-start":
      return <StartForm />;
    case "can-buy":
      return <OrderForm priceMinor={course.priceMinor} currency={course.currency} />;
    case "closed":
      return (
        <p>
          An administrator has closed this course to you. Ask them if you think it should be open.
        </p>
      );
    case "not-offered":
      return <p className="text-muted">Nobody can enrol in it as long as it is not published.</p>;
  }
}

function SignUpPrompt({ slug }: { slug: string }) {
  const { signUp, signIn } = useAccountLinks(coursePath(slug));
  return (
    <div>
      <ButtonLink {...signUp}>Sign up to enrol</ButtonLink>
      <p className="mt-3 text-[0.9375rem] text-muted">
        Been here before?{" "}
        <Link {...signIn} className="text-accent underline underline-offset-4">
          Sign in
        </Link>
      </p>
    </div>
  );
}

function ContinueCourse({ course, outline }: Pick<CourseCallToActionProps, "course" | "outline">) {
  const { done, total, next } = outlineProgress(outline);
  if (total === 0) return <p className="text-muted">Its lessons are still being written.</p>;
  return (
    <div className="grid max-w-sm gap-5">
      <ProgressBar done={done} total={total} label="Your progress" />
      {next ? (
        <div>
          <ButtonLink to={lessonPath(course.slug, next.slug)}>
            {done === 0 ? "Start" : `Continue: ${next.title}`}
          </ButtonLink>
        </div>
      ) : (
        <p>You have finished this course. Its lessons stay open to you.</p>
      )}
    </div>
  );
}

function Prompt({ note, children }: { note: string; children: ReactNode }) {
  return (
    <div>
      <p className="mb-4">{note}</p>
      {children}
    </div>
  );
}
