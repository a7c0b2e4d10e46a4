/** The same keys as the first language, each with a text of its own. */
export type TextsLike<Node> = {
  readonly [Key in keyof Node]: Node[Key] extends string
    ? string
    : Node[Key] extends readonly string[]
      ? readonly string[]
      : TextsLike<Node[Key]>;
};

/** A page's texts, the two languages side by side; a key that one of them lacks does not compile. */
export const inBoth = <Texts>(zhCN: Texts, en: TextsLike<Texts>) => ({ zhCN, en });
