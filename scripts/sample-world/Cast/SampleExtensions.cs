namespace Escapement.SampleWorld.Cast;

/// <summary>The extensions of the world.</summary>
internal static class SampleExtensions
{
    /// <summary>The endpoint with which an extension sets itself up.</summary>
    public const string Setup = "POST /api/setup";

    /// <summary>An endpoint that the platform's users call, and that fails.</summary>
    public const string Report = "GET /api/report";

    public const string TicketSync = "com.brightdesk.ticket-sync";
    public const string PriceFeed = "com.fieldops.price-feed";
    public const string StockLevels = "com.fieldops.stock-levels";
    public const string BackupCheck = "com.harborlight.backup-check";
    public const string CertificateWatch = "com.harborlight.certificate-watch";
    public const string Invoices = "com.nordwind.invoices";
    public const string LedgerExport = "com.nordwind.ledger-export";
    public const string Archive = "com.papertrail.archive";
    public const string ReportMailer = "com.papertrail.report-mailer";
    public const string PayrollCheck = "com.tallyho.payroll-check";
    public const string Timesheets = "com.tallyho.timesheets";

    /// <summary>The version that fails.</summary>
    public const string BadVersion = "2.0.0";

    private const string Log = "cap:log.emit";
    private const string Schedules = "cap:scheduler.manage";
    private const string Context = "cap:context.read";
    private const string Fetch = "cap:http.fetch";
    private const string Storage = "cap:storage.kv";
    private const string Secrets = "cap:secrets.get";

    private static readonly object Retries = new { retry = new { maxAttempts = 3, initialDelaySeconds = 60 } };

    public static IReadOnlyList<SampleExtension> All { get; } =
    [
        new(TicketSync, "Brightdesk", [new("1.4.0", Log, Context, Fetch), new(BadVersion, Log, Context, Fetch, Storage)
        {
            Fails = "TypeError: tickets.page is not a function (at sync.ts:88)",
        }],
            new Job("Ticket sync", "POST /api/sync", "0 */2 * * *", "{0} tickets brought up to date") { Seconds = 2.5, FailsOfThousand = 6, Policy = Retries }),
        new("com.brightdesk.sla-watch", "Brightdesk", [new("1.0.3", Log, Fetch)],
            new Job("Tickets past their time", "POST /api/check", "0 8-18 * * 1-5", "{0} tickets looked at, all within their time")
            {
                Seconds = 0.5, Count = 120,
            },
            new Job("Figures of the week", "GET /api/figures", "0 7 * * 1", "{0} tickets closed in the week") { Seconds = 3, Count = 260 }),
        new(PriceFeed, "FieldOps", [new("3.2.0", Log, Fetch, Secrets)],
            new Job("Price feed", "POST /api/prices", "0 */4 * * *", "{0} prices changed") { Seconds = 6, FailsOfThousand = 12, Count = 90, Policy = new
            {
                retry = new { maxAttempts = 2, initialDelaySeconds = 120 }, pauseAfterFailures = 8,
            } }),
        new(StockLevels, "FieldOps", [new("2.0.1", Log, Storage)],
            new Job("Stock levels", "POST /api/levels", "0 */3 * * *", "{0} articles counted") { Seconds = 1.5, Count = 800, Policy = new
            {
                overlap = "queue-one", missed = "none",
            } }),
        new(BackupCheck, "Harborlight", [new("1.1.0", Log, Fetch), new("1.2.0", Log, Fetch, Secrets)],
            new Job("Backups of the night", "POST /api/verify", "30 2 * * *", "{0} backups are whole")
            {
                Seconds = 9, Count = 12, FailsOfThousand = 8, Policy = Retries,
            }),
        new(CertificateWatch, "Harborlight", [new("1.0.0", Log, Fetch)],
            new Job("Certificates that end soon", "GET /api/certificates", "0 5 * * 1", "{0} certificates are good for a month") { Count = 30 }),
        new(Invoices, "Nordwind", [new("4.0.0", Log, Context, Storage)],
            new Job("Issue invoices", "POST /api/issue", "0 6 1 * *", "{0} invoices issued") { Seconds = 12, Count = 340, Policy = Retries },
            new Job("Payment reminders", "POST /api/remind", "0 7 * * 1-5", "{0} reminders sent") { Seconds = 2, Count = 14 }),
        new(LedgerExport, "Nordwind", [new("2.1.0", Log, Storage), new("2.2.0", Log, Storage)],
            new Job("Ledger export", "POST /api/export", "0 2 * * *", "{0} entries exported") { Seconds = 7, Grows = true, Count = 1_900, Policy = new
            {
                retry = new { maxAttempts = 4, initialDelaySeconds = 300 }, missed = "all",
            } }),
        new(Archive, "Papertrail", [new("1.0.0", Log, Storage)],
            new Job("Archive old papers", "POST /api/archive", "0 1 * * *", "{0} papers moved") { Seconds = 11, Grows = true, Count = 430 }),
        new(ReportMailer, "Papertrail", [new("1.3.0", Log, Schedules)],
            new Job("Morning report", "POST /api/mail", "0 6 * * 1-5", "{0} reports mailed") { Count = 9, Lists = true, Policy = new { spreadSeconds = 900 } },
            new Job("Month in figures", "POST /api/month", "0 6 1 * *", "{0} reports mailed") { Seconds = 4, Count = 9 }),
        new(PayrollCheck, "Tallyho", [new("1.0.0", Log)],
            new Job("Hours against contracts", "POST /api/check", "0 3 * * *", "{0} contracts looked at") { Count = 75, Policy = new { missed = "none" } },
            new Job("Payroll of the month", "POST /api/payroll", "0 4 25 * *", "{0} payslips made ready") { Seconds = 15, Count = 75 }),
        new(Timesheets, "Tallyho", [new("2.5.0", Log, Schedules)],
            new Job("Ask for missing hours", "POST /api/ask", "0 16 * * 5", "{0} people asked") { Count = 6 },
            new Job("Close the week", "POST /api/close", "30 23 * * 0", "{0} timesheets closed") { Seconds = 3, Count = 75 }) { SetsItselfUp = true },
    ];

    public static SampleExtension Find(string id) => All.Single(e => e.Id == id);

    /// <summary>What an extension does at an endpoint; null where it is no job.</summary>
    public static Job? FindJob(string id, string endpoint) => Find(id).Jobs.FirstOrDefault(j => j.Endpoint == endpoint);
}
