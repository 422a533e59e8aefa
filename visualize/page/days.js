// Days as integers (proleptic Gregorian, day 1 is 0001-01-01), as in events/days.py: JavaScript's Date is not used,
// since it reads years 0 to 99 as 1900 to 1999 and shifts days by time zone.

function dayFromDate(year, month, day) {
  const shifted = year - (month <= 2 ? 1 : 0);
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 305;
}

// Year, month and day of the month; year 0 is 1 BC.
function dateFromDay(day) {
  const shifted = Math.floor(day) + 305;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = ((monthFromMarch + 2) % 12) + 1;
  return [
    era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  ];
}

// "2019-04-25", "-0043-03-15", "Y-12000-01-01"; "" where there is no day.
function isoDay(day) {
  if (day === null || day === undefined) return "";
  const [year, month, dayOfMonth] = dateFromDay(day);
  const digits = String(Math.abs(year)).padStart(4, "0");
  const yearText = Math.abs(year) > 9999 ? `Y${year}` : (year < 0 ? "-" : "") + digits;
  return `${yearText}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
}

function yearText(year, words) {
  return year > 0 ? String(year) : words.before_christ.replace("{y}", String(1 - year));
}

// What a reader types as one end of a range: "1998", "4/2019", "2019-04", "25.4.2019", "2019-04-25", "44 v. Chr.".
// Returns [first day, last day], null for nothing, undefined for what cannot be read.
function readPeriod(text) {
  const trimmed = text.trim();
  if (!trimmed) return null;
  let match = /^(\d{1,6})\s*(?:v\.?\s*(?:Chr|u\. ?Z)\.?|BCE?)$/i.exec(trimmed);
  if (match) return yearBounds(1 - Number(match[1]));
  match = /^-?\d{1,6}$/.exec(trimmed);
  if (match) return yearBounds(Number(trimmed));
  match = /^(\d{1,2})[./](\d{4})$/.exec(trimmed);
  if (match) return monthBounds(Number(match[2]), Number(match[1]));
  match = /^(\d{4})-(\d{2})$/.exec(trimmed);
  if (match) return monthBounds(Number(match[1]), Number(match[2]));
  match = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(-?\d{1,6})$/.exec(trimmed);
  if (match) return dayBounds(Number(match[3]), Number(match[2]), Number(match[1]));
  match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(trimmed);
  return match ? dayBounds(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

function yearBounds(year) {
  return [dayFromDate(year, 1, 1), dayFromDate(year + 1, 1, 1) - 1];
}

function monthBounds(year, month) {
  if (month < 1 || month > 12) return undefined;
  const next = month === 12 ? dayFromDate(year + 1, 1, 1) : dayFromDate(year, month + 1, 1);
  return [dayFromDate(year, month, 1), next - 1];
}

function dayBounds(year, month, day) {
  const bounds = monthBounds(year, month);
  if (!bounds || day < 1 || day > bounds[1] - bounds[0] + 1) return undefined;
  return [bounds[0] + day - 1, bounds[0] + day - 1];
}
