/** Stands for the first rows of the table of purchases. */
export function PendingPurchases() {
  return (
    <div className="divide-y divide-line border-t border-line">
      {["first", "second", "third"].map((place) => (
        <div key={place} className="grid gap-y-2 py-4">
          <div className="h-6 w-1/2 rounded-md bg-line" />
          <div className="h-5 w-1/4 rounded-md bg-line" />
        </div>
      ))}
    </div>
  );
}
