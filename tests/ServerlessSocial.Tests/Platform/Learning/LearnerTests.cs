using ServerlessSocial.Platform.Learning;

namespace ServerlessSocial.Tests.Platform.Learning;

public sealed class LearnerTests
{
    private static readonly string[] Weather = [" the sun shines today ", " what a sunny day ", " sunshine all day long ", " clear skies and sun "];
    private static readonly string[] Food = [" i baked fresh bread ", " bread and butter for me ", " the soup tastes good ", " butter makes it better "];
    private static readonly string[] Sport = [" we won the match ", " what a goal in the last minute ", " the team trains again ", " a goal and the match was ours "];

    [Fact]
    public void It_tells_several_labels_apart_in_texts_it_has_not_seen()
    {
        var model = Train(["weather", "food", "sport"], Weather, Food, Sport);

        Assert.Equal("weather", Likeliest(model, " so much sun "));
        Assert.Equal("food", Likeliest(model, " warm bread with butter "));
        Assert.Equal("sport", Likeliest(model, " they scored a goal in the match "));
    }

    [Fact]
    public void A_category_and_its_absence_are_two_labels_whose_probabilities_add_up_to_one()
    {
        var model = Train(["food", "other"], Food, [.. Weather, .. Sport]);

        var food = Judge(model, " bread and butter ");
        var other = Judge(model, " the team won today ");

        Assert.Equal(1, food.Sum(), 12);
        Assert.True(food[0] > 0.5 && other[0] < 0.5, $"{food[0]}, {other[0]}");
    }

    [Fact]
    public void An_empty_text_says_nothing() => Assert.Equal([0.5, 0.5], Judge(Train(["food", "other"], Food, [.. Weather, .. Sport]), ""));

    [Fact]
    public void A_model_is_the_same_after_it_was_written_and_read()
    {
        var model = Train(["weather", "food", "sport"], Weather, Food, Sport);
        using var stream = new MemoryStream();
        model.Write(stream);
        stream.Position = 0;

        var read = LinearModel.Read(stream);

        Assert.Equal(model.Labels, read.Labels);
        Assert.Equal(Judge(model, " bread in the sun "), Judge(read, " bread in the sun "));
    }

    [Fact]
    public void What_is_no_model_is_refused() => Assert.Throws<InvalidDataException>(() => LinearModel.Read(new MemoryStream("a model?"u8.ToArray())));

    [Theory]
    [InlineData(0)]
    [InlineData(-0.3)]
    [InlineData(-1)]
    [InlineData(-17.25)]
    [InlineData(-690)]
    public void Its_exponential_is_the_exponential(double x) => Assert.Equal(1, Logistic.Exp(x) / Math.Exp(x), 14);

    private static LinearModel Train(string[] labels, params string[][] texts) => LogisticTrainer.Train(
        labels,
        [.. texts.SelectMany((some, label) => some.Select(text => new Example(label, text)))],
        new TextFeatures(1 << 10, 4),
        new Training(10, 0.5f));

    private static string Likeliest(LinearModel model, string folded)
    {
        var probabilities = Judge(model, folded);
        return model.Labels[Array.IndexOf(probabilities, probabilities.Max())];
    }

    private static double[] Judge(LinearModel model, string folded)
    {
        var probabilities = new double[model.Labels.Count];
        model.Judge(folded, probabilities);
        return probabilities;
    }
}
