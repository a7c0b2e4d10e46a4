import type { WebFrameMain } from 'electron';
import { guard } from './guard.ts';
import { outerOrigin, toOuter } from './schemes.ts';

type FrameInfo = { id: string; parentId?: string; url: string; name?: string };
type ModelledFrame = Pick<WebFrameMain, 'url' | 'origin' | 'parent' | 'top' | 'name' | 'isDestroyed'>;

/** The frames of a page, as DevTools reports them, shown as Electron's WebFrameMain. */
export class Frames {
  readonly #known = new Map<string, FrameInfo>();
  readonly #shown = new Map<string, WebFrameMain>();
  #mainId = '';

  setMain(id: string): void {
    this.#mainId = id;
    if (!this.#known.has(id)) this.#known.set(id, { id, url: '' });
  }

  isMain(id: string): boolean {
    return id === this.#mainId;
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  update(frame: FrameInfo): void {
    this.#known.set(frame.id, frame);
  }

  remove(id: string): void {
    this.#known.delete(id);
    this.#shown.delete(id);
  }

  setUrl(id: string, url: string): void {
    const frame = this.#known.get(id);
    if (frame) frame.url = url;
  }

  get mainUrl(): string {
    return toOuter(this.#known.get(this.#mainId)?.url ?? '');
  }

  get main(): WebFrameMain {
    return this.show(this.#mainId);
  }

  show(id: string): WebFrameMain {
    const shown = this.#shown.get(id) ?? this.#makeFrame(id);
    this.#shown.set(id, shown);
    return shown;
  }

  #makeFrame(id: string): WebFrameMain {
    const known = this.#known;
    const show = (other: string) => this.show(other);
    const main = () => this.main;
    const frame: ModelledFrame = {
      get url() {
        return toOuter(known.get(id)?.url ?? '');
      },
      get origin() {
        return outerOrigin(known.get(id)?.url ?? '');
      },
      get parent() {
        const parentId = known.get(id)?.parentId;
        return parentId ? show(parentId) : null;
      },
      get top() {
        return main();
      },
      get name() {
        return known.get(id)?.name ?? '';
      },
      isDestroyed: () => !known.has(id),
    };
    return guard(frame, 'webFrameMain') as WebFrameMain;
  }
}
