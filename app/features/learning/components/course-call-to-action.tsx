import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { ProgressBar } from "~/features/courses/components/progress-bar";
import { coursePath, lessonPath } from "~/features/courses/course-urls";
import type { Price } from "~/features/courses/money";
import { useAccountLinks } from "~/layout/root-data";
import { ButtonLink } from "~/ui/button-link";
import type { CourseOffer } from "../course-offer";
import { outlineProgress, type ViewerOutline } from "../outline-for-viewer";
import { EnrollForm, OrderForm, type PaymentOptions } from "./enroll-or-order-form";

interface CourseCallToActionProps {
  course: Price & { slug: string; title: string };
  outline: ViewerOutline;
  offer: CourseOffer;
  payment: PaymentOptions;
}

export function CourseCallToAction({ course, outline, offer, payment }: CourseCallToActionProps) {
  switch (offer.kind) {
    case "signed-out":
      return <SignUpPrompt slug={course.slug} />;
    case "enrolled":
      return <ContinueCourse course={course} outline={outline} />;
    case "ordered":
      return (
        <Prompt note="You’ve ordered this course. You’ll get access when your payment arrives.">
          <ButtonLink to={`/purchases/${offer.purchaseId}`}>View your order</ButtonLink>
        </Prompt>
      );
    case "can-start":
      return <EnrollForm />;
    case "can-buy":
      return <OrderForm course={course} payment={payment} />;
    case "closed":
      return (
        <p>
          An administrator has removed your access to this course. Contact them if you think this is
          a mistake.
        </p>
      );
    case "not-offered":
      return <p className="text-muted">This course is not open for enrollment.</p>;
  }
}

function SignUpPrompt({ slug }: { slug: string }) {
  const { signUp, signIn } = useAccountLinks(coursePath(slug));
  return (
    <div>
      <ButtonLink {...signUp}>Sign up to enroll</ButtonLink>
      <p className="mt-3 text-[0.9375rem] text-muted">
        Already have an account?{" "}
        <Link {...signIn} className="text-accent underline underline-offset-4">
          Sign in
        </Link>
      </p>
    </div>
  );
}

function ContinueCourse({ course, outline }: Pick<CourseCallToActionProps, "course" | "outline">) {
  const { done, total, next } = outlineProgress(outline);
  if (total === 0) return <p className="text-muted">Lessons are coming soon.</p>;
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
        <CourseCompleted title={course.title} />
      )}
    </div>
  );
}

function CourseCompleted({ title }: { title: string }) {
  return (
    <div className="border-l-2 border-success pl-5">
      <p className="font-serif text-xl leading-snug">You’ve completed {title}.</p>
      <p className="mt-1 mb-4 text-muted">Well done. You can revisit its lessons at any time.</p>
      <ButtonLink to="/">Find your next course</ButtonLink>
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
