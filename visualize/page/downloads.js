// What is shown as files: CSV and JSON as the command `events` writes them, and a calendar.

const CSV_COLUMNS = [
  "id",
  "date",
  "earliest",
  "latest",
  "edtf",
  "label",
  "actors",
  "place",
  "status",
  "sources",
  "kind",
];

// Rows as data.js has them to CSV with the headings of the interface.
function writeCsv(rows, strings) {
  const lines = [
    CSV_COLUMNS.map((column) => strings.csv_columns[column]),
    ...rows.map((row) => CSV_COLUMNS.map((column) => csvText(row, column, strings))),
  ];
  return lines.map((cells) => cells.map(quoteCell).join(",") + "\r\n").join("");
}

function csvText(row, column, strings) {
  if (column === "actors") return row.actors.join("; ");
  if (column === "sources") return String(row.sources.length);
  if (column !== "status") return row[column];
  const status = strings.statuses[row.status];
  if (!row.isReported) return status;
  return row.status === "occurred" ? strings.reported.short : `${status}, ${strings.reported.short}`;
}

// A cell that begins like a formula would be run by a spreadsheet; the apostrophe makes it text.
function quoteCell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// `records` are the events as the caller exports them.
function writeJson(records) {
  return JSON.stringify({ format: "zeitstrahl-events", version: 1, events: records }, null, 1) + "\n";
}

// All-day entries from the first to the last day that the time can touch; only what lies in the years 1 to 9999 and is
// not open, since the format (RFC 5545) knows nothing else. An imprecise date keeps its words in the title.
function writeCalendar(rows, title) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Zeitstrahl//Timeline//EN", `NAME:${calendarText(title)}`];
  for (const row of rows) {
    if (!/^\d{4}-/.test(row.earliest) || !/^\d{4}-/.test(row.latest) || row.earliest < "0001") continue;
    const isDay = row.earliest === row.latest;
    lines.push(
      "BEGIN:VEVENT",
      `UID:${calendarText(row.id)}@zeitstrahl`,
      "DTSTAMP:19700101T000000Z",
      `DTSTART;VALUE=DATE:${row.earliest.replaceAll("-", "")}`,
      `DTEND;VALUE=DATE:${isoDay(readPeriod(row.latest)[0] + 1).replaceAll("-", "")}`,
      `SUMMARY:${calendarText(isDay ? row.label : `${row.label} (${row.date})`)}`,
      `STATUS:${{ planned: "TENTATIVE", possible: "TENTATIVE", cancelled: "CANCELLED", denied: "CANCELLED" }[row.status] ?? "CONFIRMED"}`,
      ...(row.place ? [`LOCATION:${calendarText(row.place)}`] : []),
      `DESCRIPTION:${calendarText([row.date, ...row.sources].join("\n"))}`,
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    );
  }
  lines.push("END:VCALENDAR");
  return lines.map((line) => foldLine(line) + "\r\n").join("");
}

function calendarText(text) {
  return text
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\r\n|\r|\n/g, "\\n")
    .replace(/[\u0000-\u001f\u007f]/g, " ");
}

// Lines of at most 75 bytes of UTF-8, continued after a blank; no character is cut apart.
function foldLine(line) {
  let folded = "",
    length = 0;
  for (const character of line) {
    const bytes = new TextEncoder().encode(character).length;
    if (length + bytes > 75) {
      folded += "\r\n ";
      length = 1;
    }
    folded += character;
    length += bytes;
  }
  return folded;
}
