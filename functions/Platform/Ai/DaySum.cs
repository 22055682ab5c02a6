using System.Numerics;

namespace ServerlessSocial.Platform.Ai;

/// <summary>
/// What one process knows of a sum that several add to in a day: what is noted in the store, and what it has added itself and not noted yet. Used by several at once.
/// </summary>
/// <typeparam name="T">What is added up.</typeparam>
/// <param name="day">Names the day.</param>
/// <param name="noted">What is noted so far.</param>
internal sealed class DaySum<T>(string day, T noted)
    where T : struct, INumber<T>
{
    private readonly Lock gate = new();
    private T noted = noted;
    private T unnoted;

    /// <summary>The day.</summary>
    public string Day => day;

    /// <summary>All that is known of.</summary>
    public T Spent
    {
        get
        {
            lock (gate)
            {
                return noted + unnoted;
            }
        }
    }

    /// <summary>Adds what was spent here.</summary>
    /// <returns>What is not noted with it.</returns>
    public T Add(T spent)
    {
        lock (gate)
        {
            return unnoted += spent;
        }
    }

    /// <summary>What is to be noted now: everything, if it is enough or all is spent; else nothing. It counts as noted from here on.</summary>
    /// <param name="least">What is enough.</param>
    /// <param name="whenAll">The sum at which all is spent; null for never.</param>
    public T Take(T least, T? whenAll = null)
    {
        lock (gate)
        {
            var take = unnoted >= least || noted + unnoted >= whenAll ? unnoted : T.Zero;
            (noted, unnoted) = (noted + take, unnoted - take);
            return take;
        }
    }

    /// <summary>What was taken could not be noted.</summary>
    public void PutBack(T taken)
    {
        lock (gate)
        {
            (noted, unnoted) = (noted - taken, unnoted + taken);
        }
    }

    /// <summary>Learns what the store holds. Two answers may come in the other order: a day's sum only grows.</summary>
    public void Learn(T stored)
    {
        lock (gate)
        {
            noted = T.Max(noted, stored);
        }
    }
}
