import type { Matrix, Point } from './matrix.ts';

/**
 * One character as it stands on the page. Every page is scaled to a width of {@link pageWidth} and turned upright; y runs
 * down from the top and is the baseline.
 */
export interface Glyph {
  /** As printed, with only the radicals of broken fonts put right. */
  readonly printed: string;
  /** For comparing with labels: half width, compatibility forms folded. May be more than one character. */
  readonly folded: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  /** Whether a blank was printed before it. */
  readonly afterBlank: boolean;
}

/** Characters printed one after the other in one font. */
export interface Run {
  readonly glyphs: readonly Glyph[];
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

export interface Shape {
  readonly paint: 'fill' | 'stroke';
  readonly polygons: readonly (readonly Point[])[];
  readonly isEvenOdd: boolean;
  /** 0 black to 255 white. */
  readonly grey: number;
}

/** Samples of an image, 0 black to 255 white. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly samples: Uint8Array;
  /** Where a stencil lets the page show through, its sample is 255. */
  readonly isStencil: boolean;
}

export interface PlacedImage {
  readonly image: GreyImage;
  /** From the unit square, y up, to the page. */
  readonly place: Matrix;
}

export type Drawing = ({ readonly kind: 'shape' } & Shape) | ({ readonly kind: 'image' } & PlacedImage);

/** A straight line along one axis; `at` is its place on the other. */
export interface Rule {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface PageContent {
  /** From 1. */
  readonly number: number;
  readonly height: number;
  readonly runs: readonly Run[];
  readonly drawings: readonly Drawing[];
  readonly rules: { readonly horizontal: readonly Rule[]; readonly vertical: readonly Rule[] };
}

export const pageWidth = 600;
