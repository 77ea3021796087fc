"""The words of the captions."""

IN_PLACE = {
    "ocean": ["over the ocean", "in the ocean", "on the sea", "in the sea", "on the open ocean", "over the sea"],
    "beach": ["on the beach", "on a beach", "on a sandy beach", "on a tropical beach", "at the seaside"],
    "mountains": ["in the mountains", "in front of mountains", "in a mountain landscape", "in the snowy mountains"],
    "forest": ["in a forest", "in the forest", "in the woods", "in a jungle", "in the jungle"],
    "magic": [
        "in a magical forest",
        "in an enchanted forest",
        "in a fairytale forest",
        "in a magic forest",
        "in a glowing forest",
        "in a magical forest with glowing mushrooms",
    ],
    "city": [
        "in the city",
        "on a city street",
        "in a busy city street",
        "on a street downtown",
        "in front of a city skyline",
        "in a city",
    ],
    "desert": ["in the desert", "in a desert", "among sand dunes", "in a sandy desert"],
    "snow": ["in the snow", "in a snowy field", "in a winter landscape", "on a snowy hill"],
    "space": ["in space", "in outer space", "among the stars", "in a galaxy"],
    "moon": ["on the moon", "on the surface of the moon"],
    "meadow": [
        "in a meadow",
        "in a field of flowers",
        "in a flower garden",
        "in a park",
        "on the grass",
        "in a garden",
    ],
    "underwater": ["underwater", "under the sea", "at the bottom of the ocean", "in a coral reef", "under water"],
    "room": ["in a room", "in a cozy living room", "in a living room", "inside a house", "indoors"],
    "table": ["on a table", "on a wooden table", "on the kitchen table", "in a kitchen"],
    "lake": ["by a lake", "at a lake", "on a calm lake", "at a mountain lake"],
    "farm": ["on a farm", "in the countryside", "on a farm field", "in a green field"],
}
PLACES_ALONE = {
    "ocean": ["the ocean", "a vast ocean with waves", "ocean waves", "a calm sea", "the sea"],
    "beach": ["a beach", "a calm beach with waves", "a tropical beach", "a sandy beach", "a beach with waves"],
    "mountains": ["mountains", "a mountain landscape", "snowy mountains", "a mountain range"],
    "forest": ["a forest", "a green forest", "the woods", "a jungle"],
    "magic": [
        "a magical forest",
        "a magical forest with glowing mushrooms",
        "glowing mushrooms in a magical forest",
        "an enchanted forest",
        "a glowing forest with fireflies",
        "a fairytale forest",
    ],
    "city": ["a city street", "a busy city street", "a city skyline", "a city", "tall buildings in a city"],
    "desert": ["a desert", "sand dunes in the desert", "a sandy desert"],
    "snow": ["a snowy field", "a winter landscape", "a snowy landscape", "snowy hills"],
    "space": ["outer space", "a galaxy with stars", "stars and planets in space", "space"],
    "moon": ["the surface of the moon", "the moon surface"],
    "meadow": ["a meadow", "a field of flowers", "a flower garden", "a park", "green hills with flowers"],
    "underwater": ["an underwater scene", "a coral reef", "the bottom of the ocean", "an underwater world"],
    "room": ["a cozy living room", "a room with a window", "a living room"],
    "table": ["an empty wooden table", "a kitchen table"],
    "lake": ["a calm lake", "a mountain lake", "a lake", "a lake with mountains"],
    "farm": ["a farm", "the countryside", "a farm with a red barn", "a green field with a barn"],
}
OVER = {
    "ocean": "the ocean",
    "beach": "a beach",
    "mountains": "mountains",
    "forest": "a forest",
    "city": "a city",
    "desert": "the desert",
    "snow": "a snowy field",
    "meadow": "a meadow",
    "lake": "a lake",
    "farm": "a farm",
}
TIME_PHRASES = {
    "sunrise": ["at sunrise", "in the early morning", "at dawn", "during sunrise"],
    "noon": ["at noon", "on a sunny day", "during the day", "in daylight", "on a bright day"],
    "sunset": ["at sunset", "in the evening", "at dusk", "during sunset"],
    "night": ["at night", "in the night", "at midnight", "under the moon"],
}
WEATHER_PHRASES = {
    "mist": ["with mist", "in the fog", "in the mist", "with fog"],
    "rain": ["in the rain", "with rain", "on a rainy day"],
    "snow": ["with falling snow", "while it snows", "with snowflakes"],
    "stars": ["with stars", "under the stars", "under a starry sky"],
}
ADJECTIVES = ["cute", "little", "happy", "adorable", "beautiful", "lovely", "friendly", "funny", "colorful", "pretty"]
VERBS = {
    "g": ["standing", "sitting", "resting", "walking"],
    "s": ["flying", "floating", "hovering"],
    "w": ["floating", "swimming"],
    "u": ["swimming"],
    "o": ["lying", "placed"],
}
STYLES = ["a 3d render of", "a glossy illustration of", "a digital painting of", "an illustration of"]
PLURALS = {
    "cherry": "cherries",
    "fish": "fish",
    "sheep": "sheep",
    "butterfly": "butterflies",
    "wolf": "wolves",
    "cup of coffee": "cups of coffee",
    "slice of pizza": "slices of pizza",
    "slice of watermelon": "slices of watermelon",
    "deer": "deer",
    "octopus": "octopuses",
    "bus": "buses",
    "fox": "foxes",
    "ladybug": "ladybugs",
    "spaceman": "spacemen",
    "cactus": "cacti",
    "penguin": "penguins",
    "kitty": "kitties",
    "puppy": "puppies",
    "bunny": "bunnies",
    "strawberry": "strawberries",
    "monkey": "monkeys",
    "tropical fish": "tropical fish",
    "ice cream": "ice creams",
    "person": "people",
    "man": "men",
    "woman": "women",
    "lady": "ladies",
    "princess": "princesses",
    "ostrich": "ostriches",
    "torch": "torches",
}
SIZES = {"big": ["big", "giant", "huge", "large"], "small": ["small", "tiny"]}
COUNTS = {2: ["two", "2", "a pair of"], 3: ["three", "3", "a group of"]}
WITH_SUIT = ["wearing a suit", "wearing a suit", "in a suit", "wearing a suit and tie"]
WITH_GUITAR = ["playing guitar", "playing guitar", "playing a guitar", "with a guitar"]
VIEWS = ["a view of ", "a beautiful view of ", "a painting of ", "a picture of "]
LANDSCAPE_ADJECTIVES = ["a peaceful ", "a beautiful ", "a quiet ", "a dreamy "]
GROUNDS = [
    "on a plain {} background",
    "on a {} background",
    "with a {} background",
    "on a solid {} background",
    "on {}",
]
FRAMES = ["a photo of ", "a picture of ", "an image of ", "a painting of ", "a drawing of "]
SUFFIXES = [
    ", highly detailed",
    ", digital art",
    ", 4k",
    ", illustration",
    ", beautiful lighting",
    ", trending on artstation",
    ", concept art",
    ", high quality",
    " photo",
    ", oil painting",
    ", watercolor",
    ", masterpiece",
    ", vibrant colors",
    ", sharp focus",
    ".",
    "!",
]
