/** Crockford's base 32, easy to read and type: no letters that look like digits. */
const base32Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const referenceLength = 10;

/** Derives a stable reference from the random end of the order's UUIDv7. */
export function paymentReference(orderId: string): string {
  const tail = orderId.replaceAll("-", "").slice(-(referenceLength + 3));
  let rest = Number.parseInt(tail, 16);
  const digits = Array.from({ length: referenceLength }, () => {
    const digit = base32Digits[rest % base32Digits.length];
    rest = Math.floor(rest / base32Digits.length);
    return digit;
  });
  return `CP-${digits.join("")}`;
}
