using System.Text;

namespace DataEngineX.Benchmarks.Data;

/// <summary>Invented weather stations: a unique name, the mean temperature, and how far it strays.</summary>
internal sealed class Stations
{
    /// <summary>How many of 413 names have a length in characters; the rest of the lengths have none.</summary>
    private static readonly (int Length, int Count)[] Lengths =
    [
        (3, 2), (4, 18), (5, 42), (6, 87), (7, 66), (8, 57), (9, 47), (10, 26), (11, 26), (12, 17), (13, 9), (14, 4), (15, 2), (16, 6), (17, 1),
        (18, 1), (24, 1), (26, 1),
    ];

    private const string Consonants = "bcdfghklmnprstvz";
    private const string Vowels = "aeiou";
    private const string Accented = "áéíóúäöüñçşžøå";

    private Stations(string name, IEnumerable<int> lengths, double sigma)
    {
        Name = name;
        Sigma = sigma;
        var random = new CounterRandom(name, "name");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var length in lengths)
        {
            var attempt = 0L;
            while (!names.Add(Word(random, ((long)names.Count << 20) + (attempt++ << 7), length)))
            {
            }
        }

        var latitude = new CounterRandom(name, "latitude");
        Utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];
        // Latitudes are uniform on the sphere, so few stations are near a pole; colder the farther from the equator.
        Means = [.. names.Select((_, i) => (30 * Math.Cos(Math.Asin((2 * latitude.Unit(i)) - 1))) - (sigma < 10 ? 10 : 4))];
    }

    public string Name { get; }

    public double Sigma { get; }

    public byte[][] Utf8 { get; }

    public double[] Means { get; }

    /// <summary>413 names with the lengths of towns.</summary>
    public static Stations Few() => new("413", Lengths.SelectMany(l => Enumerable.Repeat(l.Length, l.Count)), 10);

    /// <summary>10,000 names, mostly of 3 or 4 characters, the longest of about 100.</summary>
    public static Stations Many()
    {
        var random = new CounterRandom("10000", "length");
        return new("10000", Enumerable.Range(0, 10_000).Select(i => Math.Max(3, (int)Math.Truncate(4 + (2500 * Math.Pow(random.Unit(i) - 0.372, 7))))), 7);
    }

    private static string Word(CounterRandom random, long seed, int length)
    {
        var word = new char[length];
        for (var i = 0; i < length; i++)
        {
            // Short names take any letter, or there would be too few of them.
            var letters = length < 5 ? Consonants + Vowels : i % 2 == 0 ? Consonants : Vowels;
            if (random.Below(33, seed + i, 1) == 0)
                letters = Accented;
            var letter = letters[(int)random.Below(letters.Length, seed + i)];
            word[i] = i == 0 ? char.ToUpperInvariant(letter) : i % 9 == 8 && i < length - 1 ? ' ' : letter;
        }

        return new string(word);
    }
}
