using Escapement.Repeats;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Connections;

/// <summary>Keeps the answer to a request within the change that it answers. Here, because every change passes here.</summary>
internal static class AnswerRow
{
    public static KeptAnswer? Find(Database database, RepeatableRequest request, DateTimeOffset from) =>
        StoredAnswer.Ask(database.Sql("find_answer"), request, from).First(rows => StoredAnswer.Read(rows, request));

    /// <summary>Carries a change out, unless its request was answered already.</summary>
    public static T Keep<T>(Database database, AnswerKeeping keeping, Func<Database, T> change)
    {
        if (Find(database, keeping.Request, keeping.From) is not null)
        {
            throw new AlreadyAnsweredException();
        }

        var outcome = change(database);
        if (keeping.AnswerTo(outcome) is { } answer)
        {
            database.Sql("remove_old_answers").Set("from", keeping.From).Run();
            StoredAnswer.Write(database.Sql("keep_answer"), answer).Run();
        }

        return outcome;
    }
}
