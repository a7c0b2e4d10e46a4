/** `12345678` → `1234`, `5678`. */
export function digitGroups(digits: string): readonly string[] {
  return digits.match(/.{1,4}/gu) ?? [];
}

/** A long number in groups of four for reading; the gaps are drawn, so a copy has none. */
export function GroupedNumber({ digits }: { readonly digits: string }) {
  // The position of a group is its identity: the same number always splits in the same way.
  const placed = digitGroups(digits).map((group, index) => ({ group, key: `${index}` }));
  return (
    <span className="grouped-number">
      {placed.map(({ group, key }) => (
        <span key={key}>{group}</span>
      ))}
    </span>
  );
}
