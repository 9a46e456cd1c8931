export function Statistic({ value, label }: { value: string; label: string }) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-muted">{label}</dt>
      <dd className="font-serif text-4xl leading-tight tracking-tight tabular-nums">{value}</dd>
    </div>
  );
}

export const formatCount = (value: number) => `${value}`.replace(/\B(?=(\d{3})+$)/g, ",");
