/** What a page of the guide may be made of; anything else in a Markdown file stops the build. */
export type GuideTag =
  | 'a'
  | 'blockquote'
  | 'br'
  | 'code'
  | 'em'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'hr'
  | 'img'
  | 'kbd'
  | 'li'
  | 'ol'
  | 'p'
  | 'pre'
  | 'strong'
  | 'table'
  | 'tbody'
  | 'td'
  | 'th'
  | 'thead'
  | 'tr'
  | 'ul';

export interface GuideElement {
  readonly tag: GuideTag;
  readonly children: readonly GuideNode[];
  /** The anchor of a heading, or of a row of a table. */
  readonly id?: string;
  readonly href?: string;
  readonly src?: string;
  readonly alt?: string;
}

export type GuideNode = string | GuideElement;

export interface GuideHeading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** One page of the guide as the build makes it of its Markdown file. */
export interface GuideText {
  readonly title: string;
  readonly headings: readonly GuideHeading[];
  readonly body: readonly GuideNode[];
}
