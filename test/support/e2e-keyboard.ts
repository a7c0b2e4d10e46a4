import { expect, type Locator, type Page } from '@playwright/test';

/** More than any page has that the key stops at. */
const mostStops = 40;

async function tabUntil(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  for (let stops = 0; stops < mostStops && !(await isThere()); stops += 1) await page.keyboard.press('Tab');
}

/** Goes there as a person does who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  await tabUntil(page, () => target.evaluate((element) => element === document.activeElement));
  await expect(target).toBeFocused();
}

/** Goes on until something within the place has the focus. */
export async function tabInto(page: Page, place: Locator): Promise<void> {
  const isInside = () => place.evaluate((element) => element.contains(document.activeElement));
  await tabUntil(page, isInside);
  expect(await isInside()).toBe(true);
}

/** Presses a button, follows a link or ends a form from one of its fields without a mouse. */
export async function pressByKey(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Types in the place of what a field holds, without a mouse. */
export async function typeByKey(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

/** Chooses one of several: the key stops at one of them, arrows go on from there. */
export async function chooseByKey(page: Page, radio: Locator): Promise<void> {
  const stepsFrom = (wanted: Element) => {
    const name = wanted.getAttribute('name');
    const group = [...document.querySelectorAll('input[type=radio]')].filter(
      (one) => one.getAttribute('name') === name,
    );
    const { activeElement } = document;
    const place = activeElement ? group.indexOf(activeElement) : -1;
    return place < 0 ? null : group.indexOf(wanted) - place;
  };
  await expect(radio).toBeAttached();
  await tabUntil(page, async () => (await radio.evaluate(stepsFrom)) !== null);
  // Not until it is chosen: that may be asked of main first.
  const steps = (await radio.evaluate(stepsFrom)) ?? 0;
  for (let step = 0; step < Math.abs(steps); step += 1)
    await page.keyboard.press(steps > 0 ? 'ArrowRight' : 'ArrowLeft');
  await expect(radio).toBeChecked();
}
