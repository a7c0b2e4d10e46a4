import { app, BrowserWindow, Notification } from 'electron';
import type { EventMap } from '../../shared/contract/events.ts';
import { inLanguage, type Language, languages } from '../../shared/text.ts';
import type { ReimburseStatus } from '../../shared/wechat/reimburse-status.ts';
import { bringToFront } from './main-window.ts';
import { authorisedNoticeOf, type NoticeText, noticeOf, statusNoticeOf } from './notice-text.ts';

/** Each subject has one notice; a later one of the same subject takes its place. */
type Subject = 'batch' | 'status' | 'authorised';

/** Tells a person who looks at another program what has happened here; a click brings the window back. */
export function createAwayNotice() {
  // Without a reference a notice and its click may be collected before it is clicked.
  const shown = new Map<Subject, Notification>();
  // What was missed adds up: the notice of a push is not to hide that of the one before.
  const missed = new Map<number, ReimburseStatus>();
  let language: Language = languages[0];
  let authorised: readonly EventMap['order.authorised'][] = [];
  app.on('browser-window-focus', () => {
    missed.clear();
    authorised = [];
  });

  function isAway(): boolean {
    return BrowserWindow.getFocusedWindow() === null && Notification.isSupported();
  }

  function show(subject: Subject, { title, body }: NoticeText): void {
    shown.get(subject)?.close();
    const notice = new Notification({ title: inLanguage(title, language), body: inLanguage(body, language) });
    notice.on('click', bringToFront);
    shown.set(subject, notice);
    notice.show();
  }

  return {
    speak(chosen: Language): void {
      language = chosen;
    },
    /** A batch goes on, or has ended. */
    hear(progress: EventMap['batch.progress']): void {
      if (!progress.running && isAway()) show('batch', noticeOf(progress));
    },
    /** Statuses came in; of an invoice that changed twice the last one is told. */
    hearArrived({ changes }: EventMap['feed.arrived']): void {
      if (changes.length === 0 || !isAway()) return;
      for (const { invoiceId, status } of changes) missed.set(invoiceId, status);
      show('status', statusNoticeOf([...missed.values()]));
    },
    /** A customer has authorised an order. */
    hearAuthorised(order: EventMap['order.authorised']): void {
      if (!isAway()) return;
      authorised = [...authorised, order];
      show('authorised', authorisedNoticeOf(authorised));
    },
  };
}
