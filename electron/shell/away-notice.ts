import { BrowserWindow, Notification } from 'electron';
import type { EventMap } from '../../shared/contract/events.ts';
import { inLanguage, type Language, languages } from '../../shared/text.ts';
import { bringToFront } from './main-window.ts';
import { noticeOf } from './notice-text.ts';

/** Tells a person who looks at another program that a batch has ended; a click brings the window back. */
export function createAwayNotice() {
  // Without a reference a notice and its click may be collected before it is clicked.
  let shown: Notification | undefined;
  let language: Language = languages[0];
  return {
    speak(chosen: Language): void {
      language = chosen;
    },
    hear(progress: EventMap['batch.progress']): void {
      if (progress.running || BrowserWindow.getFocusedWindow() !== null || !Notification.isSupported()) return;
      const { title, body } = noticeOf(progress);
      shown?.close();
      shown = new Notification({ title: inLanguage(title, language), body: inLanguage(body, language) });
      shown.on('click', bringToFront);
      shown.show();
    },
  };
}
