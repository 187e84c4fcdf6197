const whole = new Intl.NumberFormat("en-US");
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const minute = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** 1,204 */
export const count = (number) => whole.format(number);

/** .934 as 0.93; nothing known as a dash. */
export const ratio = (number) => (number === undefined || number === null ? "–" : number.toFixed(2));

/** .034 as 3%. */
export const percent = (share) => `${Math.round(100 * share)}%`;

/** 4.6 a second. */
export const rate = (perSecond) => `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)}/s`;

export const time = (millis) => clock.format(millis);

/** The time of day, with its day when that is not today. */
export const moment = (millis, now) => (sameDay(millis, now) ? minute.format(millis) : day.format(millis));

/** The same to the second, when it is today. */
export const second = (millis, now) => (sameDay(millis, now) ? clock.format(millis) : day.format(millis));

const sameDay = (millis, now) => new Date(millis).toDateString() === new Date(now).toDateString();

/** How long ago, in one unit. */
export function ago(millis, now) {
  const seconds = Math.max(0, Math.round((now - millis) / 1000));
  if (seconds < 60) {
    return `${seconds} s ago`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ago`;
  }
  return seconds < 86400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86400)} d ago`;
}

/** "1 value", "2 values". */
export const counted = (number, one) => `${count(number)} ${one}${number === 1 ? "" : "s"}`;

/** due_date as due date. */
export const words = (name) => name.replaceAll("_", " ");

/** Why a document is not learned, and since which version. */
export function leftOut({ leftOut: version, putAside }) {
  return putAside ? `put aside in version ${version}, for who annotated it` : `held back in version ${version}, to score versions on`;
}
