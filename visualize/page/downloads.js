// What is shown as files: the same bytes as visualize/downloads.py writes for the same events.

const CSV_COLUMNS = ["id", "date", "label", "actors", "place", "kind", "status", "reported", "sources",
                     "earliest", "latest", "edtf"];

// Rows as text: [{ id, date, label, ... }] to CSV with CRLF and a byte order mark, which spreadsheets need for UTF-8.
function writeCsv(rows) {
  const lines = [CSV_COLUMNS, ...rows.map((row) => CSV_COLUMNS.map((column) => csvText(row[column])))];
  return "\ufeff" + lines.map((cells) => cells.map(quoteCell).join(",") + "\r\n").join("");
}

function csvText(value) {
  return Array.isArray(value) ? value.join("; ") : value;
}

// A cell that begins like a formula would be run by a spreadsheet; the apostrophe makes it text. Years before 1 keep
// their minus sign.
function quoteCell(text) {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function writeJson(rows) {
  return JSON.stringify({ format: "zeitstrahl-events", version: 1, events: rows }, null, 2) + "\n";
}

// All-day entries from the first to the last day that the time can touch; only what lies in the years 1 to 9999 and is
// not open, since the format (RFC 5545) knows nothing else. An imprecise date keeps its words in the title.
function writeCalendar(rows, title) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Zeitstrahl//Timeline//EN", `NAME:${calendarText(title)}`];
  for (const row of rows) {
    if (!/^\d{4}-/.test(row.earliest) || !/^\d{4}-/.test(row.latest) || row.earliest < "0001") continue;
    const isDay = row.earliest === row.latest;
    lines.push("BEGIN:VEVENT", `UID:${calendarText(row.id)}@zeitstrahl`, "DTSTAMP:19700101T000000Z",
      `DTSTART;VALUE=DATE:${row.earliest.replaceAll("-", "")}`,
      `DTEND;VALUE=DATE:${isoDay(readPeriod(row.latest)[0] + 1).replaceAll("-", "")}`,
      `SUMMARY:${calendarText(isDay ? row.label : `${row.label} (${row.date})`)}`,
      `STATUS:${{ planned: "TENTATIVE", possible: "TENTATIVE", cancelled: "CANCELLED", denied: "CANCELLED" }[row.status] ?? "CONFIRMED"}`,
      ...(row.place ? [`LOCATION:${calendarText(row.place)}`] : []),
      `DESCRIPTION:${calendarText([row.date, ...row.sources].join("\n"))}`, "TRANSP:TRANSPARENT", "END:VEVENT");
  }
  lines.push("END:VCALENDAR");
  return lines.map((line) => foldLine(line) + "\r\n").join("");
}

function calendarText(text) {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n").replace(/[\u0000-\u001f\u007f]/g, " ");
}

// Lines of at most 75 bytes of UTF-8, continued after a blank; no character is cut apart.
function foldLine(line) {
  let folded = "", length = 0;
  for (const character of line) {
    const bytes = new TextEncoder().encode(character).length;
    if (length + bytes > 75) { folded += "\r\n "; length = 1; }
    folded += character;
    length += bytes;
  }
  return folded;
}
