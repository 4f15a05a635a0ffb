/** A share in figures and as a bar of the same length. */
export function Share({ of, label }: { readonly of: string | null; readonly label: string }) {
  if (of === null) return <span className="soft">—</span>;
  return (
    <span className="share">
      <span className="day">{of}%</span>
      <progress max={100} value={Number(of)} aria-label={label} />
    </span>
  );
}
