using System.Buffers.Binary;
using Escapement.Repeats;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Connections;

/// <summary>Keeps the answer to a request within the change that it answers. Here, because every change passes here.</summary>
internal static class AnswerRow
{
    /// <summary>Carries a change out, unless its request was answered already, or is being carried out elsewhere.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="bucket">Where the answer lies.</param>
    /// <param name="keeping">What is answered.</param>
    /// <param name="work">The change, which begins and commits as if it were alone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<T> KeepAsync<T>(
        Session session, short bucket, AnswerKeeping keeping, Func<Session, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        session.Hold().Sql("lock_answer").Set("key", BinaryPrimitives.ReadInt64BigEndian(keeping.Request.Sha256.Span));
        StoredAnswer.Ask(session.Sql("find_answer"), keeping.Request, keeping.From).Set("bucket", bucket);
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            await rows.ReadAsync(cancellationToken);
            if (!rows.Bool(0))
            {
                throw new StillUnderWayException();
            }

            await rows.NextAsync(cancellationToken);
            if (await rows.ReadAsync(cancellationToken))
            {
                throw new AlreadyAnsweredException();
            }
        }

        var outcome = await work(session, cancellationToken);
        if (keeping.AnswerTo(outcome) is { } answer)
        {
            session.Sql("remove_old_answers").Set("from", keeping.From).Set("bucket", bucket);
            StoredAnswer.Write(session.Sql("keep_answer"), answer).Set("bucket", bucket);
        }

        await session.Release().RunAsync(cancellationToken);
        return outcome;
    }
}
