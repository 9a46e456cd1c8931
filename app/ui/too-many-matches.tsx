export function TooManyMatches() {
  return <p className="text-muted">Too many matches, add a word.</p>;
}
