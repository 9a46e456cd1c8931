import { Link } from "@remix-run/react";
import { formatAmount } from "~/features/courses/money";
import { DateTime } from "~/ui/date-time";
import { Section } from "~/ui/section";
import { formatCount, Statistic } from "~/ui/statistic";
import type { MoneyTotal } from "../money-totals.server";
import type { LimitedCount } from "../overview.server";
import type { BestCourse, OverviewFigures, Windows } from "../overview-figures";

const linkClass = "font-medium text-accent underline underline-offset-4";

export function CountLink({ to, count, noun }: { to: string; count: LimitedCount; noun: string }) {
  return (
    <Link to={to} className={linkClass}>
      {count.more && "more than "}
      {formatCount(count.count)} {count.count === 1 ? noun : `${noun}s`}
    </Link>
  );
}

export function BusinessFigures({
  figures,
  waitingOrders,
}: {
  figures: OverviewFigures;
  waitingOrders: LimitedCount;
}) {
  return (
    <>
      <Section title="Orders">
        <p>
          <CountLink to="/admin/purchases?status=pending" count={waitingOrders} noun="order" />{" "}
          <span className="text-muted">waiting for payment.</span>
        </p>
      </Section>
      <Section title="Revenue">
        <Revenue revenue={figures.revenue} />
      </Section>
      <Section title="Learning">
        <Learning figures={figures} />
        <p className="mt-6 text-sm text-muted">
          Days in UTC, including today. Active learners marked a lesson as done. Counted{" "}
          <DateTime at={figures.countedAt} />, at most every five minutes.
        </p>
      </Section>
      <Section title="Best courses">
        <div className="grid gap-8 sm:grid-cols-2">
          <BestCourses title="This month" courses={figures.bestCourses.thisMonth} />
          <BestCourses title="Last month" courses={figures.bestCourses.lastMonth} />
        </div>
      </Section>
    </>
  );
}

const numberClass = "py-2 pl-4 text-right tabular-nums";

function Revenue({ revenue }: Pick<OverviewFigures, "revenue">) {
  if (revenue.total.length === 0) return <p className="text-muted">No paid purchases yet.</p>;
  return (
    <FigureTable caption="Paid, without what went back" columns={["30 days", "Total"]}>
      {revenue.total.map((total) => {
        const { currency } = total;
        const month = revenue.month.find((one) => one.currency === currency);
        return (
          <tr key={currency}>
            <th scope="row" className="py-2 font-normal">
              {currency}
            </th>
            <td className={numberClass}>{formatAmount(month ? left(month) : 0, currency)}</td>
            <td className={numberClass}>{formatAmount(left(total), currency)}</td>
          </tr>
        );
      })}
    </FigureTable>
  );
}

const left = ({ paid, refunded, lost }: MoneyTotal) => paid - refunded - lost;

function Learning({ figures }: { figures: OverviewFigures }) {
  const rows: [label: string, windows: Windows][] = [
    ["Active learners", figures.activeLearners],
    ["Enrollments", figures.enrollments],
    ["Lessons completed", figures.completions],
    ["New users", figures.users],
  ];
  return (
    <>
      <FigureTable caption="Learners" columns={["7 days", "30 days", "Total"]}>
        {rows.map(([label, { week, month, total }]) => (
          <tr key={label}>
            <th scope="row" className="py-2 font-normal">
              {label}
            </th>
            <td className={numberClass}>{formatCount(week)}</td>
            <td className={numberClass}>{formatCount(month)}</td>
            <td className={numberClass}>{formatCount(total)}</td>
          </tr>
        ))}
      </FigureTable>
      <dl className="mt-8 grid grid-cols-2 gap-6 sm:grid-cols-3">
        <Statistic value={formatCount(figures.users.total)} label="users" />
        <Statistic value={formatCount(figures.admins)} label="admins" />
        <Statistic value={formatCount(figures.deletedUsers)} label="deleted users" />
      </dl>
    </>
  );
}

interface FigureTableProps {
  caption: string;
  columns: readonly string[];
  children: React.ReactNode;
}

function FigureTable({ caption, columns, children }: FigureTableProps) {
  return (
    <table className="w-full text-left text-[0.9375rem]">
      <caption className="mb-2 text-left text-muted">{caption}</caption>
      <thead className="border-b border-line text-sm text-muted">
        <tr>
          <td />
          {columns.map((column) => (
            <th key={column} scope="col" className={`${numberClass} font-normal`}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">{children}</tbody>
    </table>
  );
}

function BestCourses({ title, courses }: { title: string; courses: readonly BestCourse[] }) {
  return (
    <div>
      <h3 className="mb-2 text-muted">{title}</h3>
      {courses.length === 0 && <p className="text-muted">No enrollments.</p>}
      <ol className="grid gap-3">
        {courses.map(({ id, title, enrollments }) => (
          <li key={id}>
            <Link to={`/admin/courses/${id}/people`} className={linkClass}>
              {title}
            </Link>
            <span className="block text-sm text-muted">
              {formatCount(enrollments)} new {enrollments === 1 ? "learner" : "learners"}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
